// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QHBoxLayout;
class QToolButton;

namespace diptych {

/// A message in the place where it belongs: an icon, a text that wraps, optional actions, a close button. Hidden until
/// it is told something.
class Banner : public QFrame
{
    Q_OBJECT
public:
    enum class Tone { Info, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);

    /// `title` in bold, `text` below it (may be empty). Removes the actions of the message before.
    void showMessage(Tone tone, const QString &title, const QString &text = {});
    /// Adds a button; `actionTriggered(id)` follows a click.
    void addAction(const QString &id, const QString &text);
    void dismiss();
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered(const QString &id);
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintTone();

    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QHBoxLayout *m_actions;
    QToolButton *m_close;
    Tone m_tone = Tone::Info;
};

} // namespace diptych
