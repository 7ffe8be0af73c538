// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

class QWidget;

namespace diptych {

/// What a person is asked to save.
struct FileToSave {
    QString title {};
    QString name {}; ///< suggested, with its suffix
    QString filter {}; ///< "HTTP archive (*.har)"
    QByteArray bytes {};
};

/// Asks where, then writes; returns at once. `failed` is called with a sentence when it could not be written, and not
/// at all once `parent` is gone.
void saveFile(QWidget *parent, const FileToSave &file, std::function<void(const QString &)> failed);

} // namespace diptych
