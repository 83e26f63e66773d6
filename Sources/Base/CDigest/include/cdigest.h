#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// SHA-256 of two runs of bytes, one after the other; `hexadecimal` receives 64 digits and a terminating zero.
void cd_sha256(const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
               char *hexadecimal);

#ifdef __cplusplus
}
#endif
