#!/usr/bin/env python3
"""Run the shared acceptance cases of the sections that are done.

    xtask/gevallen.py BRINK [CASES [SECTIONS]]        (needs PyYAML)

BRINK is the program, CASES the folder with the cases and their runner `controleer.py` (default
../shared/gevallen beside the project), SECTIONS a file with one section number a line (default
onderdelen-gereed.txt beside this script). A case is run when it judges a plan and every entry of its
`plan.onderdelen` is one of those sections or lies below one. `cargo xtask test` calls this.
"""
import pathlib
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent


def done(section, prefixes):
    """Whether a section is finished: 6.1 is when 6 is, 66 is not."""
    return any(section == prefix or section.startswith(prefix + ".") for prefix in prefixes)


def selected(case, prefixes):
    """Whether a case can be judged with these sections alone."""
    sections = [str(section) for section in (case.get("plan") or {}).get("onderdelen") or []]
    return (
        case.get("soort", "plan") == "plan"
        and bool(sections)
        and all(done(section, prefixes) for section in sections)
    )


def read_prefixes(path):
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def main(arguments):
    if not 1 <= len(arguments) <= 3:
        sys.exit(__doc__)
    brink = pathlib.Path(arguments[0]).resolve()
    folder = pathlib.Path(arguments[1] if len(arguments) > 1 else HERE.parent.parent / "shared" / "gevallen")
    prefixes = read_prefixes(pathlib.Path(arguments[2] if len(arguments) > 2 else HERE / "onderdelen-gereed.txt"))

    cases = [
        case
        for path in sorted(folder.glob("**/*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8")) or []
    ]
    chosen = [case for case in cases if selected(case, prefixes)]
    print(f"{len(chosen)} of {len(cases)} cases are about sections that are done", flush=True)
    if not chosen:
        sys.exit("no case is about these sections: are the numbers right?")

    with tempfile.TemporaryDirectory() as temporary:
        path = pathlib.Path(temporary) / "gevallen.yaml"
        path.write_text(yaml.safe_dump(chosen, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return subprocess.run([sys.executable, str(folder / "controleer.py"), str(brink), str(path)]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
