#include "samples.h"

static int has_alpha(int bands) { return bands == 2 || bands == 4; }
static int colours(int bands) { return bands >= 3 ? 3 : 1; }

void ci_rgb_from_8(const uint8_t *samples, size_t count, int bands, uint8_t *rgb) {
  int step = colours(bands) == 3 ? 1 : 0;
  for (size_t i = 0; i < count; i++, samples += bands, rgb += 3) {
    for (int c = 0; c < 3; c++) {
      unsigned value = samples[c * step];
      // Onto black.
      if (has_alpha(bands)) value = (value * samples[bands - 1] + 127) / 255;
      rgb[c] = (uint8_t)value;
    }
  }
}

void ci_rgb_from_16(const uint16_t *samples, size_t count, int bands, uint8_t *rgb) {
  int step = colours(bands) == 3 ? 1 : 0;
  for (size_t i = 0; i < count; i++, samples += bands, rgb += 3) {
    for (int c = 0; c < 3; c++) {
      uint64_t value = samples[c * step];
      if (has_alpha(bands)) value = (value * samples[bands - 1] + 32767) / 65535;
      rgb[c] = (uint8_t)((value + 128) / 257);
    }
  }
}

void ci_rgb_from_cmyk(const uint8_t *samples, size_t count, int bands, uint8_t *rgb) {
  for (size_t i = 0; i < count; i++, samples += bands, rgb += 3) {
    unsigned light = 255 - samples[3];
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)(((255 - samples[c]) * light + 127) / 255);
  }
}
