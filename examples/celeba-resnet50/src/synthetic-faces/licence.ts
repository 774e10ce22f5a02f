/** The text of `LICENCE.txt`, which is written beside every generated set. */
export const LICENCE = `Synthetic faces in CelebA's layout
==================================

No image, label or identity in this folder is CelebA's, and no person is shown. The faces were drawn by
the generator of the Thaw project (examples/celeba-resnet50/src/synthetic-faces), which only follows
CelebA's file layout and attribute names, and may be drawn again at any time from the seed in
synthetic-faces.json.

Design:  "Avataaars" (https://avataaars.com/) by Pablo Stanley (https://twitter.com/pablostanley).
         Licence as named by DiceBear: "Free for personal and commercial use" (https://avataaars.com/).
Code:    DiceBear 9, @dicebear/avataaars (https://www.dicebear.com/styles/avataaars/),
         MIT License, Copyright (c) 2024 Florian Körner.
Additions (lips, noses, makeup, earrings, neckwear, fringes, stubble, goatee, sideburns, skin details,
         backgrounds, photographic effects): the Thaw project, Apache-2.0.
`;
