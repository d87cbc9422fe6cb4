"""The hostile function: runs the probe that the event names."""
import files  # noqa: F401
import kernel  # noqa: F401
import neighbours
import network  # noqa: F401
import processes  # noqa: F401
import probing


def handler(event, context):
    if "settle" in event:
        return neighbours.victim_settles_in(event)
    return {"won": probing.PROBES[event["probe"]](event)}
