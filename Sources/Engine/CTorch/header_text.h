#pragma once
// ctorch.h as text, with a zero behind it: libctorch carries the one that it was compiled with, a program the one of its own (loading.c).
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char ct_header_text[] = {
#embed "include/ctorch.h"
    , 0};
