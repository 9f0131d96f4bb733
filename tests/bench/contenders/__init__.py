"""Who is measured? Each contender in the set-up that its own documentation recommends."""

from tests.bench.contenders.bare_tantivy import BareTantivy
from tests.bench.contenders.base import VARIANTS, Contender, Session, Variant
from tests.bench.contenders.datasette import Datasette
from tests.bench.contenders.fts5 import FTS5
from tests.bench.contenders.opensearch import OURS, OpisInCluster, OwnQueries
from tests.bench.contenders.opis import Opis
from tests.bench.contenders.stock_whoosh import StockWhoosh

CONTENDERS: dict[str, Contender] = {
    contender.name: contender
    for contender in (
        Opis("opis-tantivy", "Opis on Tantivy", engine="tantivy"),
        BareTantivy("tantivy", "bare Tantivy"),
        FTS5("fts5", "SQLite FTS5"),
        Datasette("datasette", "Datasette"),
        Opis("opis-whoosh", "Opis on Whoosh", limit=5_000, engine="whoosh"),
        StockWhoosh("whoosh", "stock Whoosh", limit=5_000),
        OpisInCluster(OURS, "Opis on OpenSearch", engine="opensearch"),
        OwnQueries("opensearch", "OpenSearch's own query"),
    )
}

__all__ = ["CONTENDERS", "VARIANTS", "Contender", "Session", "Variant"]
