// Convolution and pooling. A dilation of 0 means neighboring taps, as in the library.
#pragma once

#include <oneapi/dnnl/dnnl.h>

#include "shim-attributes.h"

static inline dnnl_status_t cdnnl_convolution_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t kind, cdnnl_const_memory_desc_t source, cdnnl_const_memory_desc_t weights,
    cdnnl_const_memory_desc_t bias, cdnnl_const_memory_desc_t destination, const int64_t *strides,
    const int64_t *dilations, const int64_t *padding_before, const int64_t *padding_after,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_convolution_forward_primitive_desc_create(
      primitive_desc, engine, propagation, kind, cdnnl_library_desc(source),
      cdnnl_library_desc(weights), cdnnl_library_desc(bias), cdnnl_library_desc(destination),
      strides, dilations, padding_before, padding_after, attributes);
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
      &operation, propagation, kind, cdnnl_library_desc(source), cdnnl_library_desc(weights),
      cdnnl_library_desc(bias), cdnnl_library_desc(destination), strides, dilations,
      padding_before, padding_after);
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

static inline dnnl_status_t cdnnl_convolution_backward_data_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t kind,
    cdnnl_const_memory_desc_t source_gradient, cdnnl_const_memory_desc_t weights,
    cdnnl_const_memory_desc_t destination_gradient, const int64_t *strides,
    const int64_t *dilations, const int64_t *padding_before, const int64_t *padding_after,
    const_dnnl_primitive_desc_t forward, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_convolution_backward_data_primitive_desc_create(
      primitive_desc, engine, kind, cdnnl_library_desc(source_gradient),
      cdnnl_library_desc(weights), cdnnl_library_desc(destination_gradient), strides, dilations,
      padding_before, padding_after, forward, attributes);
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_backward_data_desc_init(
      &operation, kind, cdnnl_library_desc(source_gradient), cdnnl_library_desc(weights),
      cdnnl_library_desc(destination_gradient), strides, dilations, padding_before, padding_after);
  return cdnnl_finish(primitive_desc, status, &operation, engine, forward, attributes);
#endif
}

static inline dnnl_status_t cdnnl_convolution_backward_weights_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t kind,
    cdnnl_const_memory_desc_t source, cdnnl_const_memory_desc_t weights_gradient,
    cdnnl_const_memory_desc_t bias_gradient, cdnnl_const_memory_desc_t destination_gradient,
    const int64_t *strides, const int64_t *dilations, const int64_t *padding_before,
    const int64_t *padding_after, const_dnnl_primitive_desc_t forward,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_convolution_backward_weights_primitive_desc_create(
      primitive_desc, engine, kind, cdnnl_library_desc(source),
      cdnnl_library_desc(weights_gradient), cdnnl_library_desc(bias_gradient),
      cdnnl_library_desc(destination_gradient), strides, dilations, padding_before, padding_after,
      forward, attributes);
#else
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_backward_weights_desc_init(
      &operation, kind, cdnnl_library_desc(source), cdnnl_library_desc(weights_gradient),
      cdnnl_library_desc(bias_gradient), cdnnl_library_desc(destination_gradient), strides,
      dilations, padding_before, padding_after);
  return cdnnl_finish(primitive_desc, status, &operation, engine, forward, attributes);
#endif
}

static inline dnnl_status_t cdnnl_pooling_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t kind, cdnnl_const_memory_desc_t source, cdnnl_const_memory_desc_t destination,
    const int64_t *strides, const int64_t *kernel, const int64_t *dilations,
    const int64_t *padding_before, const int64_t *padding_after,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_pooling_forward_primitive_desc_create(
      primitive_desc, engine, propagation, kind, cdnnl_library_desc(source),
      cdnnl_library_desc(destination), strides, kernel, dilations, padding_before, padding_after,
      attributes);
#else
  dnnl_pooling_v2_desc_t operation;
  dnnl_status_t status = dnnl_pooling_v2_forward_desc_init(
      &operation, propagation, kind, cdnnl_library_desc(source), cdnnl_library_desc(destination),
      strides, kernel, dilations, padding_before, padding_after);
  return cdnnl_finish(primitive_desc, status, &operation, engine, NULL, attributes);
#endif
}

static inline dnnl_status_t cdnnl_pooling_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t kind,
    cdnnl_const_memory_desc_t source_gradient, cdnnl_const_memory_desc_t destination_gradient,
    const int64_t *strides, const int64_t *kernel, const int64_t *dilations,
    const int64_t *padding_before, const int64_t *padding_after,
    const_dnnl_primitive_desc_t forward, const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_pooling_backward_primitive_desc_create(
      primitive_desc, engine, kind, cdnnl_library_desc(source_gradient),
      cdnnl_library_desc(destination_gradient), strides, kernel, dilations, padding_before,
      padding_after, forward, attributes);
#else
  dnnl_pooling_v2_desc_t operation;
  dnnl_status_t status = dnnl_pooling_v2_backward_desc_init(
      &operation, kind, cdnnl_library_desc(source_gradient),
      cdnnl_library_desc(destination_gradient), strides, kernel, dilations, padding_before,
      padding_after);
  return cdnnl_finish(primitive_desc, status, &operation, engine, forward, attributes);
#endif
}
