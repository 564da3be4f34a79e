// Post-operations without a scale of their own, reorders, and 2.x's two-step creation.
#pragma once

#include <oneapi/dnnl/dnnl.h>

#include "shim-memory.h"

static inline dnnl_status_t cdnnl_post_ops_append_eltwise(
    dnnl_post_ops_t operations, dnnl_alg_kind_t kind, float alpha, float beta) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_post_ops_append_eltwise(operations, kind, alpha, beta);
#else
  return dnnl_post_ops_append_eltwise(operations, 1.0f, kind, alpha, beta);
#endif
}

// Adds `scale` times what the destination held before.
static inline dnnl_status_t cdnnl_post_ops_append_sum(dnnl_post_ops_t operations, float scale) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_post_ops_append_sum(operations, scale, 0, dnnl_data_type_undef);
#else
  return dnnl_post_ops_append_sum(operations, scale);
#endif
}

static inline dnnl_status_t cdnnl_post_ops_append_binary(
    dnnl_post_ops_t operations, dnnl_alg_kind_t kind, cdnnl_const_memory_desc_t operand) {
  return dnnl_post_ops_append_binary(operations, kind, cdnnl_library_desc(operand));
}

// The execution argument that carries the operand of the binary post-operation at `index`.
static inline int cdnnl_post_op_operand(int index) {
  return DNNL_ARG_ATTR_MULTIPLE_POST_OP(index) | DNNL_ARG_SRC_1;
}

static inline dnnl_status_t cdnnl_reorder_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, cdnnl_const_memory_desc_t source,
    cdnnl_const_memory_desc_t destination, const_dnnl_primitive_attr_t attributes) {
  return dnnl_reorder_primitive_desc_create(
      primitive_desc, cdnnl_library_desc(source), engine, cdnnl_library_desc(destination), engine,
      attributes);
}

#if DNNL_VERSION_MAJOR < 3
// Finishes what a `…_desc_init` of 2.x began.
static inline dnnl_status_t cdnnl_finish(
    dnnl_primitive_desc_t *primitive_desc, dnnl_status_t status, const void *operation,
    dnnl_engine_t engine, const_dnnl_primitive_desc_t hint,
    const_dnnl_primitive_attr_t attributes) {
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, operation, attributes, engine, hint);
}
#endif
