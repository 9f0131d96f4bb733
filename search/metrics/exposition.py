"""The metrics as Prometheus reads them: in its text format, or in that of OpenMetrics for who prefers it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.metrics_core import (
    Metric as Family,
)
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from search.metrics.declaration import Counter, Histogram, Labels, Metric, Reading
from search.metrics.table import Table

Read = Callable[[], Iterable[Reading]]
"""Reads values at the time of the call; those of one name follow each other. It may take time."""


def exposition(table: Table, readings: Iterable[Reading] = (), accept: str = "") -> tuple[bytes, str]:
    """All metrics and readings, and their media type: that which the header Accept prefers."""
    registry = CollectorRegistry()
    registry.register(_Collected(table, tuple(readings)))
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type


class _Collected(Collector):
    def __init__(self, table: Table, readings: tuple[Reading, ...]) -> None:
        self._families = [
            *(_family(metric, cells) for metric, cells in table.totals().items()),
            *_of_readings(readings),
            *_of_processes(table.processes()),
        ]

    def collect(self) -> Iterable[Family]:
        return self._families


def _family(metric: Metric, cells: Sequence[float]) -> Family:
    names = list(metric.labels)
    if isinstance(metric, Histogram):
        histogram = HistogramMetricFamily(metric.name, metric.meaning, labels=names)
        bounds = [*map(floatToGoString, metric.bounds), "+Inf"]
        for labels, (*counts, total) in _shown(metric, cells):
            histogram.add_metric(
                labels, buckets=list(zip(bounds, accumulate(counts), strict=True)), sum_value=total
            )
        return histogram
    kind = CounterMetricFamily if isinstance(metric, Counter) else GaugeMetricFamily
    family = kind(metric.name, metric.meaning, labels=names)
    for labels, (value,) in _shown(metric, cells):
        family.add_metric(labels, value)
    return family


def _shown(metric: Metric, cells: Sequence[float]) -> Iterator[tuple[Labels, Sequence[float]]]:
    """Each combination of labels that is shown, with its cells."""
    for number, labels in enumerate(metric.combinations()):
        values = cells[number * metric.width : (number + 1) * metric.width]
        if any(values) or not metric.is_sparse:
            yield labels, values


def _of_readings(readings: Iterable[Reading]) -> Iterator[Family]:
    for (name, meaning, kind), group in groupby(readings, lambda one: (one.name, one.meaning, one.kind)):
        values = list(group)
        names = list(values[0].labels)
        if kind == "info":
            info = InfoMetricFamily(name, meaning)
            for one in values:
                info.add_metric([], dict(one.labels))
            yield info
            continue
        family = (CounterMetricFamily if kind == "counter" else GaugeMetricFamily)(
            name, meaning, labels=names
        )
        for one in values:
            family.add_metric([one.labels[label] for label in names], one.value)
        yield family


def _of_processes(processes: Mapping[int, int]) -> Iterator[Family]:
    """Memory, processor time and open files of each process, by the names that Prometheus has for them."""
    families: dict[str, Family] = {}
    for place, pid in processes.items():
        for family in _of_process(pid):
            labelled = families.setdefault(
                family.name, Family(family.name, family.documentation, family.type)
            )
            for sample in family.samples:
                labelled.add_sample(sample.name, {"process": str(place)}, sample.value)
    yield from families.values()


def _of_process(pid: int) -> Iterable[Family]:
    try:
        return ProcessCollector(pid=lambda: pid, registry=None).collect()
    except ValueError:  # a limit of the system that is "unlimited"
        return ()
