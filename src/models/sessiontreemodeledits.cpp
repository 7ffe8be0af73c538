// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiontreemodel.h"

#include <QIODevice>
#include <QDataStream>
#include <QMimeData>

// What a person does to the list: editing names, dragging and dropping. The model asks for it and changes nothing
// itself.
namespace diptych {

namespace {

struct Dragged {
    QStringList sessions {};
    QStringList folders {};
};

Dragged draggedIn(const QMimeData *data)
{
    Dragged dragged;
    QDataStream stream(data->data(QLatin1String(SessionTreeModel::mimeType)));
    stream >> dragged.sessions >> dragged.folders;
    return dragged;
}

SessionTreeModel::Kind kindOf(const QModelIndex &index)
{
    return SessionTreeModel::Kind(index.data(SessionTreeModel::KindRole).toInt());
}

/// Where something goes that is dropped there.
QString folderAt(const QModelIndex &parent)
{
    return parent.data(SessionTreeModel::FolderRole).toString();
}

QString joined(const QString &folder, const QString &name)
{
    return folder.isEmpty() ? name : QString(folder + u'/' + name);
}

bool isInside(const QString &folder, const QString &outer)
{
    return QString(folder + u'/').startsWith(QString(outer + u'/'));
}

} // namespace

bool SessionTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().simplified();
    if (role != Qt::EditRole || !index.isValid() || name == index.data(Qt::EditRole).toString())
        return false;
    if (kindOf(index) == Kind::Session) {
        Q_EMIT renameRequested(index.data(SessionIdRole).toString(), name);
        return true;
    }
    // A slash would make two folders of it.
    const QString plain = QString(name).replace(u'/', u'-');
    if (kindOf(index) != Kind::Folder || plain.isEmpty())
        return false;
    const QString path = index.data(FolderRole).toString();
    Q_EMIT folderRenameRequested(path, joined(path.section(u'/', 0, -2), plain));
    return true;
}

Qt::ItemFlags SessionTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // the top
    const Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    switch (kindOf(index)) {
    case Kind::Folder:
        return all | Qt::ItemIsEditable | Qt::ItemIsDragEnabled | Qt::ItemIsDropEnabled;
    case Kind::Session:
        return all | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
    case Kind::Branch:
        break;
    }
    return all;
}

QStringList SessionTreeModel::mimeTypes() const
{
    return {QLatin1String(mimeType)};
}

QMimeData *SessionTreeModel::mimeData(const QModelIndexList &indexes) const
{
    Dragged dragged;
    for (const QModelIndex &index : indexes) {
        if (kindOf(index) == Kind::Session)
            dragged.sessions.append(index.data(SessionIdRole).toString());
        else if (kindOf(index) == Kind::Folder)
            dragged.folders.append(index.data(FolderRole).toString());
    }
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << dragged.sessions << dragged.folders;
    auto *data = new QMimeData;
    data->setData(QLatin1String(mimeType), bytes);
    return data;
}

bool SessionTreeModel::canDropMimeData(
    const QMimeData *data, Qt::DropAction action, int, int, const QModelIndex &parent) const
{
    if (action != Qt::MoveAction || !data->hasFormat(QLatin1String(mimeType)))
        return false;
    const QString target = folderAt(parent);
    for (const QString &folder : draggedIn(data).folders) {
        if (isInside(target, folder))
            return false;
    }
    return true;
}

bool SessionTreeModel::dropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const QString target = folderAt(parent);
    const Dragged dragged = draggedIn(data);
    if (!dragged.sessions.isEmpty())
        Q_EMIT moveRequested(dragged.sessions, target);
    for (const QString &folder : dragged.folders) {
        const QString path = joined(target, folder.section(u'/', -1));
        if (path != folder)
            Q_EMIT folderRenameRequested(folder, path);
    }
    return false; // the view must not remove the rows: they have moved by themselves
}

} // namespace diptych
