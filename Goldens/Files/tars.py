"""Small tar archives as GNU tar and Python's tarfile write them: tar-FORM.tar.

Every archive holds a folder, two files, a symbolic and a hard link; all but V7 also a name of more than 100
bytes and one that is not ASCII.

    python3 Goldens/Files/tars.py
"""

import io
import os
import subprocess
import tarfile
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
long = "dog/" + "far/" * 28 + "2.cls"

with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, os.path.dirname(long)))
    os.mkdir(os.path.join(folder, "cat"))
    for name, text in [("cat/1.cls", "3\n"), ("cat/1.txt", "x" * 513), (long, "seven"), ("dog/é.txt", "accent")]:
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    os.symlink("1.cls", os.path.join(folder, "cat/2.cls"))
    os.link(os.path.join(folder, "cat/1.txt"), os.path.join(folder, "cat/3.txt"))
    first = ["cat", "cat/1.cls", "cat/1.txt", "cat/2.cls", "cat/3.txt"]
    for form in ["v7", "ustar", "gnu", "posix"]:
        names = first + ([] if form == "v7" else [long, "dog/é.txt"])
        subprocess.run(
            ["tar", "-C", folder, f"--format={form}", "-b", "1", "--no-recursion", "--mtime=@0", "--owner=0",
             "--group=0", "--numeric-owner", "-cf", os.path.join(here, f"tar-{form}.tar"), *names],
            check=True)

with tarfile.open(os.path.join(here, "tar-python.tar"), "w", format=tarfile.PAX_FORMAT,
                  pax_headers={"comment": "of all members"}) as archive:
    for name, text in [("cat/1.cls", b"3\n"), (long, b"seven"), ("dog/é.txt", b"accent")]:
        info = tarfile.TarInfo(name)
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
