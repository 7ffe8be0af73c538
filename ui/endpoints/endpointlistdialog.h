// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/providerdescriptor.h"
#include "core/error.h"

#include <QDialog>

#include <memory>

class QTreeWidgetItem;

namespace diptych {

namespace Ui {
class EndpointListDialog;
}

struct EndpointImport;
struct EnvironmentImport;

/// Endpoints to choose from: found in the environment, read from a file, or to be written to one. Never shows a key.
class EndpointListDialog : public QDialog
{
    Q_OBJECT
public:
    struct Entry {
        Endpoint endpoint {};
        QString source {}; ///< where it comes from, e.g. the names of variables
        QStringList notes {}; ///< sentences about it
        QString tokenCommand {}; ///< offered apart, unchosen: a program that would run on this machine
        bool isChosen = true;
    };

    explicit EndpointListDialog(std::vector<ProviderDescriptor> descriptors, QWidget *parent = nullptr);
    ~EndpointListDialog() override;

    /// What an environment offers. Endpoints whose URL is in `known` are not chosen.
    void showEnvironment(const EnvironmentImport &found, const std::vector<Endpoint> &known, const QString &keyPlace);
    /// What a file holds.
    void showFile(const EndpointImport &read, const std::vector<Endpoint> &known, const QString &fileName);
    /// What may be written to a file.
    void showExport(const std::vector<Endpoint> &endpoints);
    void setKeyPlace(const QString &text); ///< with showEnvironment(): may become known while the dialog is open
    void showError(const QString &title, const Error &error);
    [[nodiscard]] std::vector<Endpoint> chosen() const;

Q_SIGNALS:
    /// The user is done; the dialog closes. Endpoints without id get one.
    void endpointsAccepted(const std::vector<diptych::Endpoint> &endpoints);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showEntries(const std::vector<Entry> &entries, const QStringList &problems);
    void addEntry(const Entry &entry);
    void showNotes();
    void updateState();
    void updateColors();
    void finish();

    std::unique_ptr<Ui::EndpointListDialog> m_ui;
    const std::vector<ProviderDescriptor> m_descriptors;
    std::vector<Entry> m_entries;
};

} // namespace diptych
