// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secretstore.h"

namespace diptych {

SecretJob::~SecretJob() = default;

void SecretJob::finish(Result<Secret> result)
{
    if (m_finished)
        return;
    m_finished = true;
    m_result = std::move(result);
    Q_EMIT finished();
}

void SecretJob::finishLater(Result<Secret> result)
{
    QMetaObject::invokeMethod(
        this, [this, kept = std::move(result)] { finish(kept); }, Qt::QueuedConnection);
}

} // namespace diptych
