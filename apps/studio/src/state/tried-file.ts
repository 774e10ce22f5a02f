import { signal } from '@preact/signals';

/** The image that the user tries the trained model with, which isn't added to the project. */
export const triedFile = signal<File | undefined>(undefined);
