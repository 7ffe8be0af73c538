// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/promptsmodel.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class QSortFilterProxyModel;

namespace diptych {

namespace Ui {
class PromptLibraryDialog;
}

class Banner;

/// The prompts that are kept: search, edit, insert. What is changed is kept by itself; what is deleted can be brought
/// back.
class PromptLibraryDialog : public QDialog
{
    Q_OBJECT
public:
    explicit PromptLibraryDialog(PromptLibrary &library, QWidget *parent = nullptr);
    ~PromptLibraryDialog() override;

    /// What is written in the composer: a new prompt begins with it, once.
    void setWritten(const QString &text);
    /// Begins a new prompt with this text, to be named.
    void addPrompt(const QString &text);
    void openFile(const QString &path); ///< a .prompty or .prompt.yml file becomes a prompt of the library
    void done(int result) override;

Q_SIGNALS:
    void promptChosen(const diptych::Prompt &prompt); ///< to be written into the composer

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpList();
    void connectEditor();
    void chooseFile();
    void showCurrent();
    void saveCurrent();
    void removeCurrent();
    void insertCurrent();
    void select(int row);
    void showFacts();
    [[nodiscard]] int currentRow() const; ///< of the model; -1: none

    std::unique_ptr<Ui::PromptLibraryDialog> m_ui;
    PromptsModel *m_model;
    QSortFilterProxyModel *m_found;
    Banner *m_banner;
    QTimer m_pause;
    QString m_shownId; ///< of the prompt in the editor; empty: none
    QString m_written;
    Prompt m_removed; ///< last, to be brought back
};

} // namespace diptych
