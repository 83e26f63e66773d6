"""TensorBoard event records, as bytes, from TensorBoard's own message and record writer."""
import io
import json
import pathlib

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter


def record(event):
    stream = io.BytesIO()
    RecordWriter(stream).write(event.SerializeToString())
    return stream.getvalue().hex()


summary = Summary(
    value=[
        Summary.Value(tag="loss/train", simple_value=0.5),
        Summary.Value(tag="val/mcc", simple_value=-0.1),
    ]
)
golden = {
    "version": record(Event(wall_time=1_700_000_000.25, file_version="brain.Event:2")),
    "scalars": record(Event(wall_time=1_700_000_001.5, step=300, summary=summary)),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
