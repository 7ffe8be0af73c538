#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Plants one violation at a time in an empty tree and expects the layering check to fail on it, and to pass without.
set -euo pipefail
cmake=$1 check=$2 work=$3

plant() { # FILE INCLUDE
    rm -rf "$work" && mkdir -p "$work/src/core" "$work/$(dirname "$1")"
    echo '#include "core/error.h"' >"$work/src/core/fine.cpp"
    echo "#include $2" >"$work/$1"
}

expect_failure() {
    plant "$@"
    if "$cmake" -DROOT="$work" -P "$check" >"$work/log" 2>&1; then
        echo "not found: $1 includes $2" && cat "$work/log" && exit 1
    fi
}

expect_failure src/net/bad.cpp '"api/chat.h"'
expect_failure src/api/bad.h '"net/httpclient.h"'
expect_failure src/gateway/bad.cpp '"providers/registry.h"'
expect_failure src/analysis/bad.cpp '"core/error.h"'
expect_failure src/core/bad.cpp '<QWidget>'
expect_failure src/models/bad.cpp '<QColor>'
expect_failure src/engines/bad.cpp '"store/settings.h"'
expect_failure ui/chat/bad.cpp '"net/httpstream.h"'
expect_failure ui/chat/bad.cpp '"providers/openai/openaicodec.h"'
expect_failure ui/chat/bad.cpp '<qcustomplot.h>'
plant ui/chat/good.cpp '"api/chat.h"'
"$cmake" -DROOT="$work" -P "$check" || { echo "a clean tree fails"; exit 1; }
echo "every planted violation was found"
