#!/bin/bash
# Installs the system libraries that Vitrine needs, only those that are missing.
set -euo pipefail

say() { echo "setup: $*"; }

if ! command -v swift > /dev/null; then
  say "swift was not found; install Swift 6.2 or later from https://www.swift.org/install" >&2
  exit 1
fi

install_with_apt() {
  local packages=(
    libdnnl-dev libopenblas-dev zlib1g-dev libssl-dev libpng-dev libturbojpeg0-dev
    libtiff-dev libwebp-dev libcairo2-dev libsqlite3-dev pkg-config fonts-dejavu-core)
  local missing=() package
  for package in "${packages[@]}"; do
    if ! dpkg-query -W -f '${db:Status-Status}\n' "$package" 2> /dev/null | grep -q '^installed'
    then
      missing+=("$package")
    fi
  done
  if [ ${#missing[@]} -eq 0 ]; then return; fi

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
      say "missing: ${missing[*]}; ask an administrator to run" >&2
      say "  apt-get install ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  say "installing with apt-get: ${missing[*]}"
  ${as_root[@]+"${as_root[@]}"} apt-get update -qq
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

install_with_brew() {
  local missing=() formula
  for formula in onednn openblas zlib openssl@3 libpng jpeg-turbo libtiff webp cairo sqlite \
    pkgconf
  do
    brew list --formula "$formula" > /dev/null 2>&1 || missing+=("$formula")
  done
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  say "installing with Homebrew: ${missing[*]}"
  brew install "${missing[@]}"
}

if command -v dpkg-query > /dev/null && command -v apt-get > /dev/null; then
  install_with_apt
elif command -v brew > /dev/null; then
  install_with_brew
else
  say "neither apt-get nor Homebrew was found; make sure that oneDNN (2.6 or later), OpenBLAS," >&2
  say "zlib, OpenSSL, libpng, TurboJPEG, libtiff, libwebp, Cairo, SQLite, pkg-config and the DejaVu" >&2
  say "fonts are installed" >&2
fi
