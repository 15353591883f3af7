"""The file and the company that a command is about."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from organizer.cli.secrets import with_secret
from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.services import companies, files, periods, team
from organizer.services.files import File


def path_of(options: argparse.Namespace) -> Path:
    """Where the file lies that `options` name, or hers."""
    return Path(options.file or files.default_path())


def is_there(path: Path) -> bool:
    """True when something lies at `path`; False also for a name that no file can have."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long


def folder_at(path: Path) -> Path:
    """`path`, which is a folder. Raises Refusal when it is none."""
    if not os.path.isdir(path):  # noqa: PTH112 - as above
        raise Refusal(Message("{folder} is not a folder. Nothing was changed.", {"folder": str(path)}))
    return path


@contextmanager
def opened(options: argparse.Namespace, make: bool = False) -> Iterator[File]:
    """The file that `options` name, or hers; made first when it isn't there and `make` says so."""
    path = path_of(options)
    if make and not is_there(path):
        file = files.create(path)
    else:
        file = with_secret(options, lambda secret: files.open_file(path, secret=secret))
    try:
        yield file
    finally:
        file.close()


def company_of(file: File, options: argparse.Namespace) -> Company:
    """The company that `options` name, or the one she works with. Raises Refusal when there is none."""
    if options.company:
        for company in companies.everyone(file):
            if company.name.casefold() == options.company.casefold():
                return company
        raise Refusal(Message("There is no company called {name} in the file.", {"name": options.company}))
    current = companies.current(file)
    if current is None:
        raise Refusal(Message("The file has no company yet. Add one in the program, or with: organizer new"))
    return current


def period_of(file: File, company: Company, options: argparse.Namespace) -> Period:
    """The company's period that `options` name, or its latest with volumes. Raises Refusal for one it hasn't."""
    if options.period:
        return periods.asked_for(file, company, options.period)
    return team.latest_period(file, company.id)
