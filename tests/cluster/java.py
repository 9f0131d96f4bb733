"""What the nodes of a cluster need of this machine: a JDK, Maven, and OpenSearch's jars, fetched once."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

NODE = Path(__file__).parent / "node"
"""The pom.xml that names the jars, and the launcher, which Java runs from its source."""
OLDEST = 21
"""The oldest Java that OpenSearch 3 runs on."""


class ToolMissing(Exception):
    """Something is not installed; the message says how to get it."""


def java() -> Path:
    """The `java` of the newest JDK here that OpenSearch runs on; raises ToolMissing."""
    version, home = max(((_version(home), home) for home in _homes()), default=(0, Path()))
    if version < OLDEST:
        raise ToolMissing(
            f"OpenSearch needs a JDK of Java {OLDEST} or newer, and JAVA_HOME and /usr/lib/jvm have none; "
            f"on Debian 13 and Ubuntu: apt install openjdk-{OLDEST}-jdk-headless"
        )
    return home / "bin/java"


def jars(folder: Path) -> str:
    """The class path of OpenSearch in this folder; Maven fetches the jars if they are not there."""
    pom = (NODE / "pom.xml").read_bytes()
    fetched = folder / "pom.xml"  # copied last, so that it says that all jars of this version are there
    if not fetched.is_file() or fetched.read_bytes() != pom:
        maven = shutil.which("mvn")
        if maven is None:
            raise ToolMissing("Maven, which fetches OpenSearch, is not installed: apt install maven")
        print(f"==> Fetching OpenSearch into {folder} (once; 71 MB)", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        quietly = ["--quiet", "--batch-mode", "-Dstyle.color=never", f"--file={NODE / 'pom.xml'}"]
        fetching = subprocess.run(
            [maven, *quietly, "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
            check=False,
            env={**os.environ, "JAVA_HOME": str(java().parent.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if fetching.returncode:
            raise ToolMissing(
                f"Maven could not fetch OpenSearch; try again. It said:\n{fetching.stdout.strip()}"
            )
        fetched.write_bytes(pom)
    return f"{folder}/*"


def _homes() -> Iterator[Path]:
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    candidates += Path("/usr/lib/jvm").glob("*") if Path("/usr/lib/jvm").is_dir() else []
    # Without javac it is a JRE, which does not run a source.
    return (home for home in candidates if (home / "bin/javac").exists())


def _version(home: Path) -> int:
    try:
        stated = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', stated, re.MULTILINE)
    return int(found[1]) if found else 0
