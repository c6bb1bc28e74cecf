"""settings: how the department and this laptop are set up."""

from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened
from outreach_app.texts import _, say

_LONGEST = 60


def settings(
    store: StoreFolder,
    chosen: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Choose; nothing behind the sign: as usual.")
    ] = None,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the file that sets others up alike.")] = None,
    take: Annotated[Path | None, typer.Option(metavar="FILE", help="Set this laptop up as a file says.")] = None,
    logo: Annotated[Path | None, typer.Option(metavar="FILE", help="The department's logo, PNG or JPEG.")] = None,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """How the department and this laptop are set up."""
    from outreach_app.model.settings import LOGO, declared_settings
    from outreach_app.operations.settings import change_settings, logo_from, typed_settings
    from outreach_app.operations.settings import settings as all_settings
    from outreach_app.operations.settings_files import save_settings, take_settings

    with opened(store, passphrase_file) as known:
        if take is not None:
            taken = take_settings(known, take)
            answer(json, taken.to_json(), taken.in_words())
        if chosen or logo is not None:
            picture = {LOGO: logo_from(logo)} if logo is not None else {}
            change_settings(known, {**typed_settings(known, chosen or []), **picture})
        if save is not None:
            save_settings(known, save)
        if take is not None:
            return
        told = {**all_settings(known)}
        told[LOGO] = bool(told[LOGO])
        labels = declared_settings(known.registry)
        lines = [f"{name:18} {say(labels[name].label)}: {_shown(told[name])}" for name in labels]
        answer(json, told, "\n".join(lines))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = " ".join(str("–" if value is None else value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(settings)
