// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace diptych {

class FlowLayout;

/// A message in the place where it belongs: an icon, a text that wraps, optional actions and details, a close button.
/// Hidden until it is told something.
class Banner : public QFrame
{
    Q_OBJECT
public:
    enum class Tone { Info, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);

    /// `title` in bold, `text` below it (may be empty). Removes the actions of the message before.
    void showMessage(Tone tone, const QString &title, const QString &text = {});
    void setText(const QString &text); ///< of the message that is shown; its actions stay
    /// Adds a button; `actionTriggered(id)` follows a click.
    void addAction(const QString &id, const QString &text, const QString &toolTip = {});
    /// The same in a menu behind the buttons.
    void addMenuAction(const QString &id, const QString &text, const QString &toolTip = {});
    /// Adds a button that folds out a longer text, such as what a server sent.
    void setDetails(const QString &text);
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
    void addButton(QWidget *button);

    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    FlowLayout *m_actions;
    QPlainTextEdit *m_details;
    QToolButton *m_more = nullptr; // null: no menu
    QToolButton *m_close;
    Tone m_tone = Tone::Info;
};

} // namespace diptych
