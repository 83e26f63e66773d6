"""The folder that travels: pack.json, which says what it was built against, and pack.tar.xz with programs and libraries."""
import dataclasses
import json
import pathlib
import tarfile

from gpu.problem import Problem

RECORD, ARCHIVE = "pack.json", "pack.tar.xz"
# Inside the archive.
PROGRAMS, LIBRARIES = "bin", "lib"


@dataclasses.dataclass(frozen=True)
class Pack:
    folder: pathlib.Path
    # Version of libtorch that libctorch was compiled against, without what follows a plus.
    torch: str
    # Commit of the sources.
    commit: str
    # Version of the C library that the libraries come from: a machine needs one that is no older.
    glibc: str

    @staticmethod
    def at(folder: pathlib.Path) -> "Pack":
        try:
            words = json.loads((folder / RECORD).read_text())
            return Pack(folder, words["torch"], words["commit"], words["glibc"])
        except (OSError, ValueError, KeyError) as error:
            raise Problem(
                f"{folder} holds no pack ({error})",
                "where there is Swift, type: Scripts/gpu-check pack --torch VERSION; then carry the folder here")

    def write(self) -> None:
        words = {"torch": self.torch, "commit": self.commit, "glibc": self.glibc}
        (self.folder / RECORD).write_text(json.dumps(words, indent=2) + "\n")

    @property
    def archive(self) -> pathlib.Path:
        return self.folder / ARCHIVE

    def unpack(self, home: pathlib.Path) -> None:
        try:
            with tarfile.open(self.archive) as archive:
                archive.extractall(home, filter="data")
        except (OSError, EOFError, tarfile.TarError) as error:
            raise Problem(f"{self.archive} cannot be unpacked ({error})", "carry it here once more")
