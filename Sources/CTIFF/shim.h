// libtiff's C API as Swift can call it: files in memory, and fields without variable arguments.
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

/// A file in memory and where it is read next.
typedef struct {
  const uint8_t *bytes;
  uint64_t count;
  uint64_t position;
} ctiff_memory;

static tmsize_t ctiff_read(thandle_t handle, void *buffer, tmsize_t size) {
  ctiff_memory *memory = (ctiff_memory *)handle;
  if (size <= 0 || memory->position >= memory->count) return 0;
  uint64_t left = memory->count - memory->position;
  uint64_t taken = (uint64_t)size < left ? (uint64_t)size : left;
  memcpy(buffer, memory->bytes + memory->position, (size_t)taken);
  memory->position += taken;
  return (tmsize_t)taken;
}

static tmsize_t ctiff_write(thandle_t handle, void *buffer, tmsize_t size) {
  (void)handle, (void)buffer, (void)size;
  return 0;
}

static toff_t ctiff_seek(thandle_t handle, toff_t offset, int origin) {
  ctiff_memory *memory = (ctiff_memory *)handle;
  switch (origin) {
    case SEEK_CUR: offset += memory->position; break;
    case SEEK_END: offset += memory->count; break;
    default: break;
  }
  memory->position = offset;
  return offset;
}

static int ctiff_release(thandle_t handle) {
  free(handle);
  return 0;
}

static toff_t ctiff_size(thandle_t handle) { return ((ctiff_memory *)handle)->count; }

/// Opens a file in memory, which must outlive what is returned; null when it is no TIFF file.
///
/// Messages of the library go nowhere: what fails is seen by what it returns.
static inline TIFF *ctiff_open(const uint8_t *bytes, size_t count) {
  TIFFSetErrorHandler(NULL);
  TIFFSetWarningHandler(NULL);
  ctiff_memory *memory = (ctiff_memory *)malloc(sizeof(ctiff_memory));
  if (memory == NULL) return NULL;
  *memory = (ctiff_memory){bytes, count, 0};
  TIFF *tiff = TIFFClientOpen("picture", "rm", (thandle_t)memory, ctiff_read, ctiff_write, ctiff_seek,
                              ctiff_release, ctiff_size, NULL, NULL);
  if (tiff == NULL) free(memory);
  return tiff;
}

/// A field of 16 bits; `standard` when the file does not have it.
static inline uint16_t ctiff_short(TIFF *tiff, uint32_t tag, uint16_t standard) {
  uint16_t value = standard;
  return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : standard;
}

/// A field of 32 bits; `standard` when the file does not have it.
static inline uint32_t ctiff_long(TIFF *tiff, uint32_t tag, uint32_t standard) {
  uint32_t value = standard;
  return TIFFGetFieldDefaulted(tiff, tag, &value) ? value : standard;
}

/// What the first sample beside the colors means (`EXTRASAMPLE_…`); -1 when there is none.
static inline int32_t ctiff_first_extra(TIFF *tiff) {
  uint16_t count = 0;
  uint16_t *kinds = NULL;
  if (!TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) || count == 0) return -1;
  return kinds[0];
}

/// The ICC profile, which the file owns; null when there is none.
static inline const uint8_t *ctiff_profile(TIFF *tiff, uint32_t *count) {
  const uint8_t *bytes = NULL;
  *count = 0;
  return TIFFGetField(tiff, TIFFTAG_ICCPROFILE, count, &bytes) ? bytes : NULL;
}

/// Has samples of JPEG-compressed files converted to red, green and blue while they are read.
static inline void ctiff_decode_to_rgb(TIFF *tiff) {
  TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
}
