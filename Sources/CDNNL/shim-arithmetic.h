// Matrix products, elementwise functions, reductions and softmax.
#pragma once

#include <oneapi/dnnl/dnnl.h>

#include "shim-attributes.h"

static inline dnnl_status_t cdnnl_matmul_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, cdnnl_const_memory_desc_t source,
    cdnnl_const_memory_desc_t weights, cdnnl_const_memory_desc_t bias,
    cdnnl_const_memory_desc_t destination, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_matmul_primitive_desc_create(
      primitive_desc, engine, cdnnl_library_desc(source), cdnnl_library_desc(weights),
      cdnnl_library_desc(bias), cdnnl_library_desc(destination), attributes);
#else
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(
      &operation, cdnnl_library_desc(source), cdnnl_library_desc(weights),
      cdnnl_library_desc(bias), cdnnl_library_desc(destination));
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

static inline dnnl_status_t cdnnl_inner_product_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    cdnnl_const_memory_desc_t source, cdnnl_const_memory_desc_t weights,
    cdnnl_const_memory_desc_t bias, cdnnl_const_memory_desc_t destination,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_inner_product_forward_primitive_desc_create(
      primitive_desc, engine, propagation, cdnnl_library_desc(source),
      cdnnl_library_desc(weights), cdnnl_library_desc(bias), cdnnl_library_desc(destination),
      attributes);
#else
  dnnl_inner_product_desc_t operation;
  dnnl_status_t status = dnnl_inner_product_forward_desc_init(
      &operation, propagation, cdnnl_library_desc(source), cdnnl_library_desc(weights),
      cdnnl_library_desc(bias), cdnnl_library_desc(destination));
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

// Source and destination share one descriptor, which is all that 2.x knows.
static inline dnnl_status_t cdnnl_eltwise_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t kind, cdnnl_const_memory_desc_t data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_eltwise_forward_primitive_desc_create(
      primitive_desc, engine, propagation, kind, cdnnl_library_desc(data),
      cdnnl_library_desc(data), alpha, beta, attributes);
#else
  dnnl_eltwise_desc_t operation;
  dnnl_status_t status = dnnl_eltwise_forward_desc_init(
      &operation, propagation, kind, cdnnl_library_desc(data), alpha, beta);
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

// Of kinds that know their slope from the result; data and gradients share one descriptor.
static inline dnnl_status_t cdnnl_eltwise_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t kind,
    cdnnl_const_memory_desc_t data, float alpha, float beta, const_dnnl_primitive_desc_t forward,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_eltwise_backward_primitive_desc_create(
      primitive_desc, engine, kind, cdnnl_library_desc(data), cdnnl_library_desc(data),
      cdnnl_library_desc(data), alpha, beta, forward, attributes);
#else
  dnnl_eltwise_desc_t operation;
  dnnl_status_t status = dnnl_eltwise_backward_desc_init(
      &operation, kind, cdnnl_library_desc(data), cdnnl_library_desc(data), alpha, beta);
  return cdnnl_finish(primitive_desc, status, &operation, engine, forward, attributes);
#endif
}

static inline dnnl_status_t cdnnl_binary_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t kind,
    cdnnl_const_memory_desc_t left, cdnnl_const_memory_desc_t right,
    cdnnl_const_memory_desc_t destination, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_binary_primitive_desc_create(
      primitive_desc, engine, kind, cdnnl_library_desc(left), cdnnl_library_desc(right),
      cdnnl_library_desc(destination), attributes);
#else
  dnnl_binary_desc_t operation;
  dnnl_status_t status = dnnl_binary_desc_init(
      &operation, kind, cdnnl_library_desc(left), cdnnl_library_desc(right),
      cdnnl_library_desc(destination));
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

// `kind` is `dnnl_softmax_accurate` or `dnnl_softmax_log`.
static inline dnnl_status_t cdnnl_softmax_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t kind, cdnnl_const_memory_desc_t source, cdnnl_const_memory_desc_t destination,
    int axis, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_softmax_forward_primitive_desc_create(
      primitive_desc, engine, propagation, kind, cdnnl_library_desc(source),
      cdnnl_library_desc(destination), axis, attributes);
#else
  dnnl_softmax_v2_desc_t operation;
  dnnl_status_t status = dnnl_softmax_v2_forward_desc_init(
      &operation, propagation, kind, cdnnl_library_desc(source), cdnnl_library_desc(destination),
      axis);
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

static inline dnnl_status_t cdnnl_reduction_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t kind,
    cdnnl_const_memory_desc_t source, cdnnl_const_memory_desc_t destination, float power,
    float epsilon, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_reduction_primitive_desc_create(
      primitive_desc, engine, kind, cdnnl_library_desc(source), cdnnl_library_desc(destination),
      power, epsilon, attributes);
#else
  dnnl_reduction_desc_t operation;
  dnnl_status_t status = dnnl_reduction_desc_init(
      &operation, kind, cdnnl_library_desc(source), cdnnl_library_desc(destination), power,
      epsilon);
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}
