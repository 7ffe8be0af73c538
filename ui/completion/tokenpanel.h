// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tokenspans.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace diptych {

/// One token with its probability and what could have stood in its place.
class TokenPanel : public QWidget
{
    Q_OBJECT
public:
    explicit TokenPanel(QWidget *parent = nullptr);

    void showToken(const TokenSpans::Span &span);
    void clear();
    [[nodiscard]] qsizetype position() const { return m_position; } ///< of the token that is shown
    void setReadOnly(bool isReadOnly);
    void focusAlternatives(); ///< from here the keyboard picks; Escape leaves

Q_SIGNALS:
    /// Another token was picked for the one that stands at `position`.
    void alternativeChosen(qsizetype position, const QString &token);
    void left(); ///< by Escape

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_hint;
    QListWidget *m_list;
    qsizetype m_position = -1;
};

} // namespace diptych
