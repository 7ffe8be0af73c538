#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes wordmap.bin. usage: make_wordmap.sh [FOLDER FOR WHAT IS BETWEEN, about 200 MB]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
for program in train_wordmap pack_wordmap; do
    # No fused operations: they round otherwise, and not every machine has them.
    g++ -std=c++20 -O3 -ffp-contract=off -Wall -Wextra -o "$folder/$program" $program.cpp
done
/usr/bin/python3 make_wordmap_corpus.py "$folder/corpus"
"$folder/train_wordmap" "$folder/corpus" "$folder/vectors"
"$folder/pack_wordmap" "$folder/corpus" "$folder/vectors" wordmap.bin
