// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One fuzzer for each target: compiled with FUZZ_TARGET set to its name and linked with libFuzzer.
#include "fuzztarget.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const diptych::fuzz::Target *target = diptych::fuzz::findTarget(FUZZ_TARGET);
    if (size <= 64 * 1024)
        target->run(QByteArrayView(data, static_cast<qsizetype>(size)));
    return 0;
}
