// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/modelmanager.h"

#include <QPointer>

namespace diptych {

bool PullReply::deliver(const PullProgress &progress)
{
    m_progress = progress;
    const QPointer<PullReply> alive(this);
    Q_EMIT progressChanged(m_progress);
    return alive && !isFinished();
}

} // namespace diptych
