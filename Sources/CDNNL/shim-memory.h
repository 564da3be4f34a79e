// Memory descriptors as opaque handles, and memory objects.
#pragma once

#include <stdlib.h>

#include <oneapi/dnnl/dnnl.h>

// A memory descriptor that its holder destroys.
typedef struct cdnnl_memory_desc *cdnnl_memory_desc_t;

// A memory descriptor that belongs to somebody else.
typedef const struct cdnnl_memory_desc *cdnnl_const_memory_desc_t;

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t cdnnl_library_desc_t;
typedef const_dnnl_memory_desc_t cdnnl_const_library_desc_t;
#else
typedef dnnl_memory_desc_t *cdnnl_library_desc_t;
typedef const dnnl_memory_desc_t *cdnnl_const_library_desc_t;
#endif

// The library's own view of a descriptor; null stays null.
static inline cdnnl_const_library_desc_t cdnnl_library_desc(cdnnl_const_memory_desc_t desc) {
  return (cdnnl_const_library_desc_t)(const void *)desc;
}

#if DNNL_VERSION_MAJOR < 3
// Takes a status and a filled descriptor, and hands out a copy of it on the heap.
static inline dnnl_status_t cdnnl_memory_desc_box(
    cdnnl_memory_desc_t *desc, dnnl_status_t status, const dnnl_memory_desc_t *value) {
  *desc = NULL;
  if (status != dnnl_success) return status;
  dnnl_memory_desc_t *copy = (dnnl_memory_desc_t *)malloc(sizeof(*copy));
  if (!copy) return dnnl_out_of_memory;
  *copy = *value;
  *desc = (cdnnl_memory_desc_t)copy;
  return dnnl_success;
}
#endif

static inline dnnl_status_t cdnnl_memory_desc_create_with_strides(
    cdnnl_memory_desc_t *desc, int ndims, const int64_t *dims, dnnl_data_type_t type,
    const int64_t *strides) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_memory_desc_create_with_strides(
      (dnnl_memory_desc_t *)desc, ndims, dims, type, strides);
#else
  dnnl_memory_desc_t value;
  dnnl_status_t status = dnnl_memory_desc_init_by_strides(&value, ndims, dims, type, strides);
  return cdnnl_memory_desc_box(desc, status, &value);
#endif
}

// Leaves the layout for the library to choose.
static inline dnnl_status_t cdnnl_memory_desc_create_any(
    cdnnl_memory_desc_t *desc, int ndims, const int64_t *dims, dnnl_data_type_t type) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_memory_desc_create_with_tag(
      (dnnl_memory_desc_t *)desc, ndims, dims, type, dnnl_format_tag_any);
#else
  dnnl_memory_desc_t value;
  dnnl_status_t status
      = dnnl_memory_desc_init_by_tag(&value, ndims, dims, type, dnnl_format_tag_any);
  return cdnnl_memory_desc_box(desc, status, &value);
#endif
}

static inline dnnl_status_t cdnnl_memory_desc_clone(
    cdnnl_memory_desc_t *desc, cdnnl_const_memory_desc_t existing) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_memory_desc_clone((dnnl_memory_desc_t *)desc, cdnnl_library_desc(existing));
#else
  return cdnnl_memory_desc_box(desc, dnnl_success, cdnnl_library_desc(existing));
#endif
}

static inline void cdnnl_memory_desc_destroy(cdnnl_memory_desc_t desc) {
#if DNNL_VERSION_MAJOR >= 3
  dnnl_memory_desc_destroy((dnnl_memory_desc_t)desc);
#else
  free(desc);
#endif
}

static inline int cdnnl_memory_desc_equal(
    cdnnl_const_memory_desc_t left, cdnnl_const_memory_desc_t right) {
  return dnnl_memory_desc_equal(cdnnl_library_desc(left), cdnnl_library_desc(right));
}

static inline size_t cdnnl_memory_desc_get_size(cdnnl_const_memory_desc_t desc) {
  return dnnl_memory_desc_get_size(cdnnl_library_desc(desc));
}

#if DNNL_VERSION_MAJOR >= 3
#define CDNNL_QUERY(type, name, query, member, otherwise)                           \
  static inline type cdnnl_memory_desc_##name(cdnnl_const_memory_desc_t desc) {     \
    type value = otherwise;                                                         \
    dnnl_status_t status                                                            \
        = dnnl_memory_desc_query(cdnnl_library_desc(desc), query, (void *)&value);  \
    return status == dnnl_success ? value : otherwise;                              \
  }
#else
#define CDNNL_QUERY(type, name, query, member, otherwise)                           \
  static inline type cdnnl_memory_desc_##name(cdnnl_const_memory_desc_t desc) {     \
    return cdnnl_library_desc(desc)->member;                                        \
  }
#endif

// The last four mean something only when the format kind is `dnnl_blocked`. Lists live as long as
// the descriptor.
CDNNL_QUERY(int, ndims, dnnl_query_ndims_s32, ndims, 0)
CDNNL_QUERY(const int64_t *, dims, dnnl_query_dims, dims, NULL)
CDNNL_QUERY(const int64_t *, padded_dims, dnnl_query_padded_dims, padded_dims, NULL)
CDNNL_QUERY(dnnl_data_type_t, data_type, dnnl_query_data_type, data_type, dnnl_data_type_undef)
CDNNL_QUERY(
    dnnl_format_kind_t, format_kind, dnnl_query_format_kind, format_kind,
    dnnl_format_kind_undef)
CDNNL_QUERY(int64_t, offset, dnnl_query_submemory_offset_s64, offset0, 0)
CDNNL_QUERY(
    const int64_t *, strides, dnnl_query_strides, format_desc.blocking.strides, NULL)
CDNNL_QUERY(
    int, inner_block_count, dnnl_query_inner_nblks_s32, format_desc.blocking.inner_nblks, 0)
CDNNL_QUERY(
    const int64_t *, inner_blocks, dnnl_query_inner_blks, format_desc.blocking.inner_blks, NULL)
CDNNL_QUERY(
    const int64_t *, inner_indices, dnnl_query_inner_idxs, format_desc.blocking.inner_idxs, NULL)

#undef CDNNL_QUERY

// A memory object over bytes that the caller keeps alive; null means that they come later.
static inline dnnl_status_t cdnnl_memory_create(
    dnnl_memory_t *memory, cdnnl_const_memory_desc_t desc, dnnl_engine_t engine, void *bytes) {
  return dnnl_memory_create(memory, cdnnl_library_desc(desc), engine, bytes);
}

// A memory object over bytes that the library allocates and frees.
static inline dnnl_status_t cdnnl_memory_create_allocated(
    dnnl_memory_t *memory, cdnnl_const_memory_desc_t desc, dnnl_engine_t engine) {
  return dnnl_memory_create(memory, cdnnl_library_desc(desc), engine, DNNL_MEMORY_ALLOCATE);
}

// A descriptor that belongs to the primitive descriptor; null or of rank zero when it has none.
static inline cdnnl_const_memory_desc_t cdnnl_primitive_desc_query_md(
    const_dnnl_primitive_desc_t primitive_desc, dnnl_query_t what, int index) {
  return (cdnnl_const_memory_desc_t)(const void *)dnnl_primitive_desc_query_md(
      primitive_desc, what, index);
}
