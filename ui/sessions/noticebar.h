// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QProgressBar;
class QToolButton;

namespace diptych {

class ElidedLabel;

/// One line at the foot of a list: what was just done, with a button that takes it back; or work under way, with its
/// progress and a button that ends it. Hidden while there is nothing to say.
class NoticeBar : public QFrame
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds shownFor {12};

    explicit NoticeBar(QWidget *parent = nullptr);

    /// Goes by itself after a while. `button` empty: none.
    void showNotice(const QString &text, const QString &button = {});
    /// Stays until dismiss(). `permille` of the whole; negative: not known.
    void showProgress(const QString &text, int permille, const QString &button);
    void dismiss();

Q_SIGNALS:
    void buttonClicked();

private:
    ElidedLabel *m_text;
    QProgressBar *m_progress;
    QToolButton *m_button;
    QTimer m_timer;
};

} // namespace diptych
