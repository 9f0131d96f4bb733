"""docs/installing.md, as far as it needs neither root nor systemd; test_backup.py runs its backup.

1. The shell can read all commands, and those of Opis know their options.
2. What is copied is there, and the name of the site takes the place of the example's everywhere.
3. Each message that the page names is one of the program's.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from search.settings import load_settings
from tests.docs.pages import COMMANDS, PAGES, ROOT

PAGE = PAGES["docs/installing.md"]
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("block", BLOCKS)
def test_1_the_shell_reads_it(block: str) -> None:
    found = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("line", [line for line in LINES if "/bin/opis-" in line])
def test_1_options_are_known(line: str) -> None:
    name = re.findall(r"/bin/(opis-\w+)", line)[0]
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert set(re.findall(r"(?<!\S)--[a-z-]+", line.partition(name)[2])) <= known


def test_2_what_is_copied_is_there() -> None:
    named = set(re.findall(r"(?<![\w/])(?:deploy/[\w.*]+|requirements[\w-]*\.lock|seeds)", "\n".join(LINES)))
    assert {"deploy/Caddyfile", "deploy/nginx.conf", "requirements.lock", "seeds"} <= named
    for name in named:
        assert list(ROOT.glob(name)), name


@pytest.mark.parametrize("name", ["opis.toml", "Caddyfile", "nginx.conf"])
def test_2_the_name_of_the_site(name: str, tmp_path: Path) -> None:
    [line] = [line for line in LINES if line.startswith("sed") and name in f"{line} "]
    file = tmp_path / name
    shutil.copy(ROOT / "deploy" / name, file)
    [script] = re.findall(r'"(.*?)"', line)
    for old, new in re.findall(r"s/(.*?)/(.*?)/", script):
        text = file.read_text(encoding="utf-8")
        file.write_text("\n".join(one.replace(old, new, 1) for one in text.splitlines()), encoding="utf-8")
    set_lines = [one for one in file.read_text(encoding="utf-8").splitlines() if "#" not in one[:1]]
    assert not any("archive.example.org" in one for one in set_lines)
    assert any("$SITE" in one for one in set_lines)


def test_2_the_settings_can_be_used() -> None:
    settings = load_settings(str(ROOT / "deploy" / "opis.toml"), {})
    assert settings.index == "auto:/var/lib/opis/index"


@pytest.mark.parametrize(
    "message", re.findall(r"^\| \*([^*]+)\*", PAGE.partition("## When")[2], re.MULTILINE)
)
def test_3_messages(message: str) -> None:
    sources = [*ROOT.glob("index/**/*.py"), *ROOT.glob("search/**/*.py"), *ROOT.glob("webui/**/*.py")]
    assert any(message in path.read_text(encoding="utf-8") for path in sources)
