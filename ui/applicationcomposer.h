// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/promptlibrary.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace diptych {

class ApplicationWindow;
class DraftKeeper;
class PromptLibraryDialog;

/// What the composer has on disk: the library of prompts, and drafts. Goes before the window.
class ApplicationComposer : public QObject
{
    Q_OBJECT
public:
    ApplicationComposer(ApplicationWindow &window, const QString &dataFolder, QObject *parent = nullptr);
    ~ApplicationComposer() override;

    void openLibrary();

private:
    ApplicationWindow &m_window;
    PromptLibrary m_library;
    std::unique_ptr<DraftKeeper> m_drafts;
    QPointer<PromptLibraryDialog> m_dialog;
};

} // namespace diptych
