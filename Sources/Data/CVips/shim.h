#pragma once
// Only the compiler and linker flags of libvips pass through here; CImaging includes its headers.
