// The C parts of Imaging under libFuzzer, as ImageFile calls them: header first, then room of exactly what it says.
// Made and run by Scripts/fuzz-c.

#include <stdlib.h>

#include "cimaging.h"

enum { MOST = 1 << 26 };

static size_t width_of(int type) {
  static const size_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 8, 8};
  return type >= 0 && type <= CI_DOUBLE ? sizes[type] : 0;
}

static void jpeg(const uint8_t *bytes, size_t count, char *message) {
  ci_header header = {0};
  if (ci_jpeg_header(bytes, count, &header, message) != CI_OK || header.is_cmyk) return;
  if ((int64_t)header.width * header.height > MOST / 3) return;
  for (int denominator = 1; denominator <= 8; denominator *= 2) {
    int width = ci_jpeg_scaled(header.width, denominator), height = ci_jpeg_scaled(header.height, denominator);
    uint8_t *rgb = malloc((size_t)3 * width * height);
    ci_jpeg_decode(bytes, count, rgb, width, height, message);
    free(rgb);
  }
}

static void vips(const uint8_t *bytes, size_t count, char *message) {
  for (int page = 0; page < 2; page++) {
    ci_header header = {0};
    if (ci_vips_header(bytes, count, page, &header, message) != CI_OK) return;
    size_t sample = width_of(header.type);
    if (header.width < 1 || header.height < 1 || header.channels < 1 || sample == 0) return;
    if ((int64_t)header.width * header.height > MOST / 3) return;
    size_t pixels = (size_t)header.width * header.height;
    if ((size_t)header.channels > MOST / sample / pixels) return;
    size_t size = pixels * header.channels * sample;
    void *samples = malloc(size);
    ci_vips_samples(bytes, count, page, samples, size, message);
    free(samples);
    if (page == 0) {
      uint8_t *rgb = malloc(3 * pixels);
      ci_vips_decode(bytes, count, rgb, header.width, header.height, message);
      free(rgb);
    }
    if (header.pages < 2) return;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  char message[CI_MESSAGE];
  // What is empty is refused before.
  if (count < 4) return 0;
  if (bytes[0] == 0xFF && bytes[1] == 0xD8) jpeg(bytes, count, message);
  vips(bytes, count, message);
  return 0;
}
