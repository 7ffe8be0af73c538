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
    void setReadOnly(bool isReadOnly);

Q_SIGNALS:
    /// Another token was picked for the one that stands at `position`.
    void alternativeChosen(qsizetype position, const QString &token);

private:
    QLabel *m_title;
    QLabel *m_hint;
    QListWidget *m_list;
    qsizetype m_position = 0;
};

} // namespace diptych
