// What the library lacks: gradients of the weights of convolutions of each channel by itself, for more than
// three taps, 16 channels at a time. Needs vectors of 512 bits, which is asked when a program runs.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// How the taps lie over a plane of blocks of 16 numbers; the input has its padding.
typedef struct {
  size_t output_rows, output_columns, input_columns;
  size_t row_stride, column_stride, row_dilation, column_dilation;
  size_t kernel_rows, kernel_columns;
} cdnnl_depthwise_plane;

#if defined(__x86_64__)

typedef float cdnnl_block __attribute__((vector_size(64)));
typedef uint16_t cdnnl_half_block __attribute__((vector_size(32), aligned(2)));
typedef uint32_t cdnnl_bits __attribute__((vector_size(64)));

#define CDNNL_WIDE __attribute__((target("avx512f")))
#define CDNNL_EVERY(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6)

static inline bool cdnnl_has_wide_vectors(void) { return __builtin_cpu_supports("avx512f"); }

// Adds one row of taps; `columns` is a constant of the caller.
static inline __attribute__((always_inline)) CDNNL_WIDE void cdnnl_depthwise_row(
    const size_t columns, const cdnnl_block *input, const cdnnl_block *gradient,
    cdnnl_block *sums, const cdnnl_depthwise_plane *plane) {
#define CDNNL_BEGIN(TAP) cdnnl_block sum##TAP = TAP < columns ? sums[TAP] : (cdnnl_block){0};
  CDNNL_EVERY(CDNNL_BEGIN)
  for (size_t y = 0; y < plane->output_rows; y++) {
    const cdnnl_block *seen = input + y * plane->row_stride * plane->input_columns;
    const cdnnl_block *passed = gradient + y * plane->output_columns;
    for (size_t x = 0; x < plane->output_columns; x++) {
      const cdnnl_block slope = passed[x];
#define CDNNL_ADD(TAP) \
  if (TAP < columns) sum##TAP += seen[TAP * plane->column_dilation] * slope;
      CDNNL_EVERY(CDNNL_ADD)
      seen += plane->column_stride;
    }
  }
#define CDNNL_END(TAP) \
  if (TAP < columns) sums[TAP] = sum##TAP;
  CDNNL_EVERY(CDNNL_END)
#undef CDNNL_BEGIN
#undef CDNNL_ADD
#undef CDNNL_END
}

// Adds what one plane gives to the sums of all taps; false where there is no code for as many.
// All numbers lie at multiples of 64 bytes.
static inline CDNNL_WIDE bool cdnnl_depthwise_add(
    const float *input, const float *gradient, float *sums, const cdnnl_depthwise_plane *plane) {
  const size_t line = plane->row_dilation * plane->input_columns;
  for (size_t row = 0; row < plane->kernel_rows; row++) {
    const cdnnl_block *seen = (const cdnnl_block *)input + row * line;
    const cdnnl_block *passed = (const cdnnl_block *)gradient;
    cdnnl_block *taps = (cdnnl_block *)sums + row * plane->kernel_columns;
    switch (plane->kernel_columns) {
      case 3: cdnnl_depthwise_row(3, seen, passed, taps, plane); break;
      case 5: cdnnl_depthwise_row(5, seen, passed, taps, plane); break;
      case 7: cdnnl_depthwise_row(7, seen, passed, taps, plane); break;
      default: return false;
    }
  }
  return true;
}

// Widens blocks of 16 numbers, `stride` numbers apart, to neighbors.
static inline CDNNL_WIDE void cdnnl_widen_blocks(
    const uint16_t *source, size_t stride, float *target, size_t count) {
  for (size_t index = 0; index < count; index++) {
    const cdnnl_half_block half = *(const cdnnl_half_block *)(source + index * stride);
    const cdnnl_bits bits = __builtin_convertvector(half, cdnnl_bits) << 16;
    ((cdnnl_block *)target)[index] = (cdnnl_block)bits;
  }
}

#undef CDNNL_WIDE
#undef CDNNL_EVERY

#else

static inline bool cdnnl_has_wide_vectors(void) { return false; }

static inline bool cdnnl_depthwise_add(
    const float *input, const float *gradient, float *sums, const cdnnl_depthwise_plane *plane) {
  return false;
}

static inline void cdnnl_widen_blocks(
    const uint16_t *source, size_t stride, float *target, size_t count) {}

#endif
