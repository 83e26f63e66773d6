#pragma once

#include <stdint.h>
#include <vips/vips.h>

// Writes `count` pixels of `bands` samples each (1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha) as RGB.
void ci_rgb_from_8(const uint8_t *samples, size_t count, int bands, uint8_t *rgb);
void ci_rgb_from_16(const uint16_t *samples, size_t count, int bands, uint8_t *rgb);
// Cyan, magenta, yellow, black; 255 is full ink.
void ci_rgb_from_cmyk(const uint8_t *samples, size_t count, int bands, uint8_t *rgb);
