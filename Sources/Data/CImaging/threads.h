#pragma once

#include "cimaging.h"

// Starts libvips once for the process. Returns 0 when it works.
int ci_start(void);

// This thread's TurboJPEG decompressor, or NULL when there is no memory.
void *ci_decompressor(void);

// After a failure: the decompressor keeps half-read markers and would refuse the next, sound file.
void ci_drop_decompressor(void);

// Copies a library's first line of complaint, without its line break.
void ci_say(char *message, const char *text);
