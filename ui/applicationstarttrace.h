// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace diptych {

/// Prints how long the process took until the window was first painted, when DIPTYCH_TRACE_START is set.
class ApplicationStartTrace : public QObject
{
    Q_OBJECT
public:
    explicit ApplicationStartTrace(QWidget &window);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace diptych
