#pragma once
// Only the compiler and linker flags of libtorch pass through here; CTorch includes its headers.
