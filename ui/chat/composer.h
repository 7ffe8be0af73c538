// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class Composer;
}

/// Where the prompt is written: Enter sends, Shift+Enter makes a new line, Escape stops.
class Composer : public QWidget
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);
    ~Composer() override;

    [[nodiscard]] QString text() const;
    void clear();
    void setText(const QString &text);
    void setSystemPrompt(const QString &text);
    void setRunning(bool isRunning);
    void setTargetCount(int panes); ///< how many panes the prompt goes to

Q_SIGNALS:
    void sendRequested(const QString &text);
    void stopRequested();
    void systemPromptEdited(const QString &text);
    void textEdited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void send();
    void fitHeight();
    void showState();

    std::unique_ptr<Ui::Composer> m_ui;
    bool m_isRunning = false;
    int m_targetCount = 0;
};

} // namespace diptych
