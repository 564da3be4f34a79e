// The few BLAS and LAPACK routines that Vitrine calls, by their Fortran names.
//
// Every build of OpenBLAS has these names; its C headers differ between systems. Matrices are
// stored by columns. Compilers of Fortran add the length of each text at the end of the arguments.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The integer of the library; distributions build it with 32 bits.
typedef int32_t clapack_int;

/// Sets the number of threads that the library uses for one call.
void openblas_set_num_threads(int count);

/// c = alpha · op(a) op(b) + beta · c.
void dgemm_(
    const char *transpose_a, const char *transpose_b, const clapack_int *m, const clapack_int *n,
    const clapack_int *k, const double *alpha, const double *a, const clapack_int *lda,
    const double *b, const clapack_int *ldb, const double *beta, double *c,
    const clapack_int *ldc, size_t length_a, size_t length_b);

/// y = alpha · op(a) x + beta · y.
void dgemv_(
    const char *transpose, const clapack_int *m, const clapack_int *n, const double *alpha,
    const double *a, const clapack_int *lda, const double *x, const clapack_int *incx,
    const double *beta, double *y, const clapack_int *incy, size_t length);

/// The QR factorization of a.
void dgeqrf_(
    const clapack_int *m, const clapack_int *n, double *a, const clapack_int *lda, double *tau,
    double *work, const clapack_int *lwork, clapack_int *info);

/// Eigenvalues, ascending, and eigenvectors of a symmetric matrix.
void dsyev_(
    const char *job, const char *uplo, const clapack_int *n, double *a, const clapack_int *lda,
    double *w, double *work, const clapack_int *lwork, clapack_int *info, size_t length_job,
    size_t length_uplo);
