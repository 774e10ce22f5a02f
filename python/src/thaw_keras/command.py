"""`thaw-keras train`: a recipe, as one process or one of several. `thaw-keras score`: images on a Ray cluster."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import ThawKerasError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line. Returns the exit status: 0, or 1 after printing one sentence to the error output."""
    parser = _parser()
    flags = parser.parse_args(arguments)
    try:
        flags.run(flags)
    except ThawKerasError as error:
        print(f"thaw-keras: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thaw-keras", description="Thaw's recipes on Keras 3 with JAX.")
    commands = parser.add_subparsers(required=True)
    _add_train(commands.add_parser("train", help="run recipe.json"))
    _add_score(commands.add_parser("score", help="probabilities of a folder's images, on a Ray cluster"))
    return parser


def _add_score(score: argparse.ArgumentParser) -> None:
    score.add_argument("images", help="the folder of the images, or an address such as s3://bucket/photos")
    score.add_argument("--onnx", required=True, help="what thaw export --to onnx wrote")
    score.add_argument("--out", required=True, help="the folder of the parquet files")
    score.add_argument("--workers", type=int, default=2)
    score.add_argument("--gpus-per-worker", type=float, default=0)
    score.add_argument("--batch-size", type=int, default=32)
    score.add_argument("--on-problem", choices=["error", "skip"], default="error")
    score.add_argument("--address", help="the cluster's, or auto (default: Ray on this machine)")
    score.set_defaults(run=_score)


def _score(flags: argparse.Namespace) -> None:
    import ray

    from .score import score

    ray.init(address=flags.address)
    count = score(
        flags.onnx,
        flags.images,
        flags.out,
        workers=flags.workers,
        gpus_per_worker=flags.gpus_per_worker,
        batch_size=flags.batch_size,
        on_problem=flags.on_problem,
    )
    print(f"{count} images, {flags.out}")


def _add_train(train: argparse.ArgumentParser) -> None:
    train.set_defaults(run=_train)
    train.add_argument(
        "labels", help="a label file (.csv, .tsv, .jsonl, .parquet), or .tar shards or their folder"
    )
    train.add_argument("--images", help="the folder of the images (default: the label file's)")
    train.add_argument("--image", help="the column that names the images (default: the first)")
    train.add_argument("--tags", help="the one column, or key, with the names of an image's labels")
    train.add_argument("--columns", nargs="+", help="the columns of labels (default: all others)")
    train.add_argument("--split", help="the column of the official split, or split.csv of a run's folder")
    train.add_argument("--model", required=True, help="the .keras file to start from")
    train.add_argument("--recipe", required=True, help="recipe.json, or the run's folder")
    train.add_argument("--out", required=True, help="the folder of this run")
    train.add_argument("--resume", action="store_true", help="go on where the run in --out was interrupted")
    train.add_argument("--checkpoint-steps", type=int, help="also write the state after every so many steps")
    train.add_argument("--leave-out", nargs="+", default=[], help="entries of the recipe to do without")
    train.add_argument("--coordinator", help="host:port of process 0, if there are several")
    train.add_argument("--processes", type=int, help="how many processes")
    train.add_argument("--process", type=int, help="the number of this one, from 0")


def _train(flags: argparse.Namespace) -> None:
    # Imported after the flags are read, so that --help is fast.
    from .classifier import open_classifier
    from .cluster import start_cluster
    from .data.opening import open_data
    from .train import train

    cluster = start_cluster(flags.coordinator, flags.processes, flags.process)
    is_file = flags.split is not None and Path(flags.split).is_file()
    data = open_data(
        flags.labels,
        images=flags.images,
        image=flags.image,
        tags=flags.tags,
        columns=flags.columns,
        split=None if is_file else flags.split,
    )
    if is_file:
        data = data.split_by(flags.split)
    training = data if data.parts is None else data.part("train")
    validation = None if data.parts is None else data.part("validation")
    run = train(
        open_classifier(flags.model),
        flags.recipe,
        training,
        validation if validation is not None and len(validation) > 0 else None,
        out=flags.out,
        resume=flags.resume,
        checkpoint_steps=flags.checkpoint_steps,
        leave_out=flags.leave_out,
        cluster=cluster,
        on_step=lambda event: (
            print(f"{event.phase} epoch {event.epoch} step {event.step} loss {event.loss:.6f}", flush=True)
            if cluster.process == 0
            else None
        ),
    )
    if cluster.process == 0:
        for note in run.notes:
            print(note)
        print(f"{flags.out}/model.keras")


if __name__ == "__main__":
    raise SystemExit(main())
