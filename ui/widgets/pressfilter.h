// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace diptych {

/// Makes a widget that only shows something work like a button: by click, Enter and Space.
class PressFilter : public QObject
{
    Q_OBJECT
public:
    /// Goes with the widget.
    explicit PressFilter(QWidget *target);

    void setEnabled(bool isEnabled); ///< false: the widget is what it was before

Q_SIGNALS:
    void pressed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_target;
    bool m_isEnabled = false;
};

} // namespace diptych
