// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace diptych {

/// The line that Ctrl+F opens. Knows nothing of what is searched.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    explicit FindBar(QWidget *parent = nullptr);

    void open();
    void open(const QString &text);
    void setMatchCount(int count);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void searchChanged(const QString &text);
    void nextRequested(const QString &text, bool backwards);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void closeBar();

    QLineEdit *m_edit;
    QLabel *m_count;
};

} // namespace diptych
