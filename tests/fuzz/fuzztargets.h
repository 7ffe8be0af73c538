// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

// What each target feeds. Split by the code that it exercises.
namespace diptych::fuzz {

void runSse(QByteArrayView input);
void runNdjson(QByteArrayView input);
void runUrl(QByteArrayView input);
void runError(QByteArrayView input);
void runEncode(QByteArrayView input);
void runOpenAi(QByteArrayView input);
void runAzure(QByteArrayView input);
void runOllama(QByteArrayView input);
void runAnthropic(QByteArrayView input);
void runGemini(QByteArrayView input);
void runCohere(QByteArrayView input);
void runFiles(QByteArrayView input);
void runJson(QByteArrayView input);
void runGateway(QByteArrayView input);

} // namespace diptych::fuzz
