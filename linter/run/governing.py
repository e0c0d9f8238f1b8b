"""What of a repository has a say in how its zones are judged, beside the configuration itself."""

from collections.abc import Iterator

from linter.config.load import profile_paths
from linter.config.settings import Settings

from .resolvers import lock_path


def read_by(settings: Settings, folder: str) -> Iterator[str]:
    """The paths of what a configuration reads: its lock, policies, profiles, providers, answers, and baseline.

    `folder` is that of the zones whose lock it is, without a configuration. Raises Refused, and as load_profile.
    """
    yield lock_path(settings, folder)
    yield from (policy.source.path for policy in settings.mta_sts.values())
    yield from profile_paths(settings.profile, settings.folder)
    yield from settings.provider_files
    yield from filter(None, (*settings.defaults.answers, settings.defaults.baseline) if settings.defaults else ())
