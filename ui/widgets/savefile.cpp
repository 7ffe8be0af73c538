// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/savefile.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QSaveFile>

namespace diptych {

void saveFile(QWidget *parent, const FileToSave &file, std::function<void(const QString &)> failed)
{
    auto *dialog = new QFileDialog(parent, file.title, file.name, file.filter);
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QByteArray bytes = file.bytes;
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [bytes, failed](const QString &path) {
        QSaveFile target(path);
        if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit())
            failed(
                QCoreApplication::translate("SaveFile", "%1 could not be written: %2").arg(path, target.errorString()));
    });
    dialog->open();
}

} // namespace diptych
