#include <glib.h>
#include <string.h>

#include "cdigest.h"

// GLib counts in gssize; pieces keep a huge buffer from being read as "until the first zero".
static void update(GChecksum *sum, const uint8_t *bytes, size_t count) {
  const size_t piece = (size_t)1 << 30;
  for (size_t at = 0; at < count; at += piece) {
    size_t left = count - at;
    g_checksum_update(sum, bytes + at, (gssize)(left < piece ? left : piece));
  }
}

void cd_sha256(const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
               char *hexadecimal) {
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
  update(sum, first, first_count);
  update(sum, second, second_count);
  memcpy(hexadecimal, g_checksum_get_string(sum), 65);
  g_checksum_free(sum);
}
