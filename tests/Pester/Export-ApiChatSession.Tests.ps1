BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    Start-TestService
    $null = Invoke-ApiChat 'Hello' -System 'Be brief.' -SessionVariable chat
    # A file that is not there yet, alone in its folder.
    function New-Path { Join-Path (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory) 'chat.json' }
}

AfterAll {
    Disconnect-ApiService
    Stop-ApiSimulator
}

Describe 'Export-ApiChatSession' {
    It 'writes a request that any tool reads' {
        $path = New-Path
        $chat | Export-ApiChatSession $path | Should -BeNullOrEmpty
        $read = Get-Content $path -Raw | ConvertFrom-Json
        $read.model | Should -BeExactly gpt-4o
        $read.messages.role | Should -BeExactly system, user, assistant
        $read.metadata.calls | Should -BeExactly '1'
        (Test-ApiRequest -Path $path).Findings | Should -BeNullOrEmpty
        [IO.File]::ReadAllBytes($path)[0] | Should -Be 0x7b
        (Invoke-ApiChat -Request (Get-Content $path -Raw)).Content | Should -BeLike 'You asked: "Hello"*'
    }

    It 'takes a path that is relative, and one with brackets by -LiteralPath' {
        $path = New-Path
        Push-Location (Split-Path $path)
        try { Export-ApiChatSession chat.json $chat; Export-ApiChatSession -LiteralPath 'a[1].json' -Session $chat } finally { Pop-Location }
        (Get-ChildItem (Split-Path $path)).Name | Should -BeExactly 'a[1].json', 'chat.json'
        $chat | Export-ApiChatSession (Join-Path (Split-Path $path) 'cha?.json')
        (Get-ChildItem (Split-Path $path)).Count | Should -Be 2
    }

    It 'replaces a file, and with -NoClobber leaves it' {
        $path = New-Path
        Set-Content $path 'old'
        $chat | Export-ApiChatSession $path -NoClobber -ErrorAction SilentlyContinue -ErrorVariable failed
        Assert-Failure $failed[0] file_exists ResourceExists $path "The file '$path' exists already. (file_exists)" 'Use another name, or leave out -NoClobber. Run: Get-ChildItem' ExportApiChatSessionCommand
        Get-Content $path | Should -BeExactly 'old'
        $chat | Export-ApiChatSession $path
        (Import-ApiChatSession $path).Turns | Should -Be 1
    }

    It 'replaces a read-only file with -Force alone' {
        $path = New-Path
        Set-Content $path 'old'
        Set-ItemProperty $path IsReadOnly $true
        { $chat | Export-ApiChatSession $path -ErrorAction Stop } | Should -Throw -ErrorId 'file_unwritable,ApiTools.Cmdlets.ExportApiChatSessionCommand' -ExpectedMessage '*it is read-only; -Force replaces it all the same.'
        $chat | Export-ApiChatSession $path -Force
        (Import-ApiChatSession $path).Turns | Should -Be 1
        (Get-Item $path).IsReadOnly | Should -BeTrue
        Set-ItemProperty $path IsReadOnly $false
    }

    It 'writes nothing with -WhatIf' {
        $path = New-Path
        $chat | Export-ApiChatSession $path -WhatIf
        Test-Path $path | Should -BeFalse
    }

    It 'refuses a second session, since a file holds one' {
        $path = New-Path
        $failure = { $chat, $chat.Clone() | Export-ApiChatSession $path } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.ExportApiChatSessionCommand'
        $failure.Exception.Message | Should -BeExactly 'A file holds one session, and a second one came in: export each to a file of its own.'
    }

    It 'says that a folder that is not there is the reason' {
        $path = Join-Path $TestDrive 'none/chat.json'
        $chat | Export-ApiChatSession $path -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'file_unwritable,ApiTools.Cmdlets.ExportApiChatSessionCommand'
        $failed[0].CategoryInfo.Category | Should -Be WriteError
        $failed[0].Exception.Message | Should -BeLike "The file '$path' cannot be written: *"
    }
}
