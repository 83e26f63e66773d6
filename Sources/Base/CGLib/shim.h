#pragma once
// Only the compiler and linker flags of GLib pass through here; CDigest includes its headers.
